/** What becomes of a key that dbt (or one of its adapters) has and this framework has not. */
export type ForeignKey =
  | { readonly verdict: 'refused'; readonly reason: string; readonly rewrite: string }
  | { readonly verdict: 'ignored'; readonly reason: string; readonly fix?: string };

export type Foreign = Readonly<Record<string, ForeignKey>>;

const refused = (reason: string, rewrite: string): ForeignKey => ({ verdict: 'refused', reason, rewrite });
const ignored = (reason: string, fix?: string): ForeignKey => ({ verdict: 'ignored', reason, fix });

const layer = 'metrics are not computed here; the gold table is the interface to what comes after';
const layerRewrite = 'Write the aggregate as a model.';
const mesh = 'a project is one unit here, without groups or access levels between teams';
const meshRewrite = 'Remove it. To say who owns a model, use `meta: {owner: ...}`.';
const versions = 'a model has one version: the one in the folder';
const versionsRewrite = 'Make each version a model of its own name, such as orders_v2.';
const python = 'models are SQL or typed queries, since nothing can be proved about Python';
const hub = 'dbt Cloud only';
const deprecated = (now: string): ForeignKey => refused('dbt has renamed it', `Write \`${now}\`.`);
const grants = ignored('DuckDB has no grants', 'Grant on the warehouse, outside of the project.');
const quoted = ignored('every identifier is quoted where SQL needs it');

export const foreignProjectKeys: Foreign = {
  profile: ignored('connections are declared under `targets:` of this file, not in profiles.yml'),
  'require-dbt-version': ignored('this is not dbt'),
  'config-version': ignored('there is one version of this format'),
  'query-comment': ignored('no comment is put into queries'),
  'packages-install-path': ignored('there are no packages'),
  'dbt-cloud': ignored(hub),
  'restrict-access': ignored(mesh),
  quoting: quoted,
  flags: ignored('flags are given on the command line'),
  'log-path': ignored('logs are written to stderr'),
  'asset-paths': ignored('documentation holds no images'),
  'function-paths': refused('functions of the warehouse are not managed', 'Write a macro.'),
  functions: refused('functions of the warehouse are not managed', 'Write a macro.'),
  dispatch: refused(
    'macros are found by name in this project alone',
    'Remove it; a macro of the project always wins.',
  ),
  packages: refused('there are no packages', 'Copy the macros you use into macros/.'),
  metrics: refused(layer, layerRewrite),
  'semantic-models': refused(layer, layerRewrite),
  'saved-queries': refused(layer, layerRewrite),
  semantic_models: refused(layer, layerRewrite),
  saved_queries: refused(layer, layerRewrite),
  'source-paths': deprecated('model-paths'),
  'data-paths': deprecated('seed-paths'),
  groups: refused(mesh, meshRewrite),
};

export const foreignFileKeys: Foreign = {
  metrics: refused(layer, layerRewrite),
  semantic_models: refused(layer, layerRewrite),
  saved_queries: refused(layer, layerRewrite),
  groups: refused(mesh, meshRewrite),
  functions: refused('functions of the warehouse are not managed', 'Write a macro.'),
  selectors: refused('selectors are read from selectors.yml in the project folder', 'Move them there.'),
};

export const foreignModelKeys: Foreign = {
  versions: refused(versions, versionsRewrite),
  latest_version: refused(versions, versionsRewrite),
  access: refused(mesh, meshRewrite),
  group: refused(mesh, meshRewrite),
  deprecation_date: ignored('nothing is announced to other projects', 'Say it in the description.'),
  time_spine: refused(layer, layerRewrite),
  semantic_model: refused(layer, layerRewrite),
  metrics: refused(layer, layerRewrite),
  freshness: ignored(hub),
  available_at: refused(
    'availability is declared where data enters, at sources; what a model may know is proved from there',
    'Move it to the source that the model reads.',
  ),
  materialized: refused('it is configuration', 'Write `config: {materialized: ...}`.'),
};

export const foreignUnitTestKeys: Foreign = { versions: refused(versions, versionsRewrite) };

export const foreignColumnKeys: Foreign = {
  policy_tags: ignored('BigQuery only'),
  granularity: refused(layer, layerRewrite),
  dimension: refused(layer, layerRewrite),
  entity: refused(layer, layerRewrite),
};

export const foreignModelColumnKeys: Foreign = {
  ...foreignColumnKeys,
  available_at: refused(
    'availability is declared where data enters, at sources; what a model may know is proved from there',
    'Move it to the column of the source.',
  ),
};

const claims = refused(
  'it says something about features, and a source has none',
  'Move it to the column of the model.',
);

export const foreignSourceColumnKeys: Foreign = {
  ...foreignColumnKeys,
  role: claims,
  horizon: claims,
  window: claims,
};

export const foreignSourceKeys: Foreign = {
  overrides: refused('there are no packages whose sources could be overridden', 'Edit the source itself.'),
  loaded_at_query: refused('freshness is measured by a column', 'Write `loaded_at_field:`.'),
  quoting: quoted,
  external: refused(
    'external tables of dbt packages are not managed',
    'Write `location:` with a path or a glob.',
  ),
  tests: refused('a source has no rows of its own', 'Move the tests to its tables.'),
  data_tests: refused('a source has no rows of its own', 'Move the tests to its tables.'),
};

export const foreignTableKeys: Foreign = {
  external: refused(
    'external tables of dbt packages are not managed',
    'Write `location:` with a path or a glob.',
  ),
  loaded_at_query: refused('freshness is measured by a column', 'Write `loaded_at_field:`.'),
  quoting: quoted,
};

/** Configuration of dbt, by name. Keys of other adapters are refused when they change what is built. */
export const foreignConfigKeys: Foreign = {
  access: refused(mesh, meshRewrite),
  group: refused(mesh, meshRewrite),
  grants,
  quoting: quoted,
  static_analysis: ignored('every model is analysed'),
  on_configuration_change: ignored('there are no materialized views'),
  freshness: ignored(hub),
  concurrent_batches: ignored('batches are built one after the other'),
  packages: refused(python, 'Write the model in SQL.'),
  python_version: refused(python, 'Write the model in SQL.'),
  submission_method: refused(python, 'Write the model in SQL.'),
  sql_header: refused('a statement before the select cannot be checked with it', 'Use `pre_hook`.'),
  transient: ignored('Snowflake only'),
  copy_grants: ignored('Snowflake only'),
  sort: ignored('Redshift only'),
  dist: ignored('Redshift only'),
  indexes: ignored('the tables of analytical engines are scanned, not searched'),
  location: refused('models are tables of the target', 'Export the table with `COPY` in a post_hook.'),
  format: refused('models are tables of the target', 'Export the table with `COPY` in a post_hook.'),
  file_format: ignored('the target decides on the format: Delta on Fabric and Spark'),
};

/** Materializations that other adapters have. */
export const foreignMaterializations: Readonly<
  Record<string, { readonly reason: string; readonly rewrite: string }>
> = {
  materialized_view: { reason: 'DuckDB has no materialized views', rewrite: 'Use `table` or `incremental`.' },
  dynamic_table: { reason: 'it is a feature of Snowflake', rewrite: 'Use `table` or `incremental`.' },
  streaming_table: { reason: 'it is a feature of Databricks', rewrite: 'Use `incremental`.' },
  external: { reason: 'models are tables of the target', rewrite: 'Use `table`, and `COPY` in a post_hook.' },
  raw_sql: { reason: 'a model is one select', rewrite: 'Put statements into hooks.' },
  test: { reason: 'tests are files of their own', rewrite: 'Move the file to audits/.' },
};

/** Files of dbt beside the project file. */
export const foreignFiles: Foreign = {
  'packages.yml': refused(
    'there are no packages',
    'Copy the macros you use into macros/, and delete the file.',
  ),
  'dependencies.yml': refused(
    'there are no packages',
    'Copy the macros you use into macros/, and delete the file.',
  ),
  'profiles.yml': ignored(
    'connections are declared under `targets:` of churn_project.yml',
    'Delete the file.',
  ),
  'dbt_project.yml': ignored(
    'the project file here is churn_project.yml',
    'Delete the old one once you have moved.',
  ),
};

/** File types that are models in dbt. */
export const foreignModelFiles: Readonly<Record<string, { readonly what: string; readonly reason: string }>> =
  {
    '.py': { what: 'a Python model', reason: python },
    '.ipynb': { what: 'a notebook as a model', reason: python },
  };
