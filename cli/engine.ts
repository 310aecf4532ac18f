/** What talks to an engine with data. Imported dynamically only: DuckDB is loaded where it is used. */
export {
  copyToParquet,
  databasePath,
  openDuckDb,
  openSpark,
  prepareSpark,
  readColumns,
  serialiseWithDuckdb,
  writeColumns,
} from '#core';
