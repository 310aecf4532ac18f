/** Writes gold.customer_360 as Parquet, and the run in use beside it: `export.mjs <project folder> <database>`. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(join(folder, database), { access_mode: 'READ_ONLY' });
const connection = await instance.connect();
const file = join(folder, 'gold.parquet').replaceAll("'", "''");
await connection.run(
  `copy (select * from gold.customer_360 order by prediction_time, customer_id) to '${file}' (format parquet)`,
);
connection.closeSync();
instance.closeSync();
const { current } = JSON.parse(readFileSync(join(folder, 'target/registry/registry.json'), 'utf8'));
rmSync(join(folder, 'run'), { recursive: true, force: true });
cpSync(join(folder, 'target/runs', current), join(folder, 'run'), { recursive: true });
