/** What talks to an engine with data. Imported dynamically only: DuckDB is loaded where it is used. */
export {
  compareRows,
  copyToDuckDb,
  databasePath,
  isUrl,
  openDeltaPlace,
  openDuckDb,
  openFabric,
  openSpark,
  prepareFabric,
  prepareSpark,
  publishColumns,
  publishDelta,
  readColumns,
  serialiseWithDuckdb,
} from '#core';
