/** What talks to an engine with data. Imported dynamically only: DuckDB is loaded where it is used. */
export {
  compareRows,
  copyToParquet,
  databasePath,
  openDuckDb,
  openSpark,
  prepareSpark,
  readColumns,
  readSparkRows,
  serialiseWithDuckdb,
  writeColumns,
} from '#core';
