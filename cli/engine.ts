/** What talks to an engine with data. Imported dynamically only: DuckDB is loaded where it is used. */
export {
  compareRows,
  copyFromSpark,
  copyToParquet,
  databasePath,
  folderStore,
  openDuckDb,
  openSpark,
  prepareSpark,
  publishDelta,
  readColumns,
  serialiseWithDuckdb,
  writeColumns,
} from '#core';
