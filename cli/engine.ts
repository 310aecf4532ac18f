/** What talks to an engine with data. Imported dynamically only: DuckDB is loaded where it is used. */
export {
  compareRows,
  copyToDuckDb,
  copyToParquet,
  databasePath,
  folderStore,
  openDuckDb,
  openFabric,
  openSpark,
  prepareFabric,
  prepareSpark,
  publishDelta,
  readColumns,
  serialiseWithDuckdb,
  writeColumns,
} from '#core';
