/** What talks to an engine with data. Imported dynamically only: DuckDB is loaded where it is used. */
export {
  compareRows,
  copyToDuckDb,
  databasePath,
  folderStore,
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
