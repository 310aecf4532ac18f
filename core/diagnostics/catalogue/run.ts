import { entry, reporter } from '../message.ts';

/** Messages of the run phase. CH700-CH719: the engine or the machine failed (exit 3); the rest: a node, test or setting. */
export const runMessages = {
  CH701: entry('error', 'database is locked', ({ path, pid }: { path: string; pid?: number }) => ({
    message: `the database ${path} is in use by another process${pid === undefined ? '' : ` (pid ${pid})`}`,
    cause: 'DuckDB lets one process at a time write to a database file.',
    fix:
      pid === undefined
        ? 'Close the other process and run again.'
        : `Wait for process ${pid} or stop it, then run again.`,
  })),
  CH702: entry('error', 'database file is damaged', ({ path, reason }: { path: string; reason: string }) => ({
    message: `the database ${path} cannot be read: it is damaged or not a DuckDB database of this version`,
    cause: reason,
    fix: 'Nothing was written to it. Restore the file from a copy, or move it away and run `churn build --full-refresh`.',
  })),
  CH703: entry('error', 'no access', ({ path, reason }: { path: string; reason: string }) => ({
    message: `the database ${path} cannot be opened`,
    cause: reason,
    fix: 'Check `path` of the target in churn_project.yml, and the permissions of the file and its folder.',
  })),
  CH704: entry('error', 'disk is full', ({ what, reason }: { what: string; reason: string }) => ({
    message: `the disk is full: ${what} could not be written`,
    cause: reason,
    fix: 'Free some space, or set `path` or `temp_directory` of the target to another disk. Published tables are as they were.',
  })),
  CH705: entry('error', 'out of memory', ({ what, reason }: { what: string; reason: string }) => ({
    message: `${what} needs more memory than DuckDB may use`,
    cause: reason,
    fix: 'Raise `memory_limit` of the target, lower `threads`, or set `temp_directory` to a disk with room to spill to.',
  })),
  CH706: entry('error', 'engine failed', ({ what, reason }: { what: string; reason: string }) => ({
    message: `the engine gave up during ${what}`,
    cause: reason,
    fix: 'Published tables are as they were. Run again; if it happens again, report the statement to DuckDB.',
  })),
  CH707: entry('error', 'file cannot be written', ({ path, reason }: { path: string; reason: string }) => ({
    message: `${path} could not be written`,
    cause: reason,
    fix: 'Check the permissions of the folder and the space left on its disk.',
  })),
  CH720: entry('error', 'statement failed', ({ what, reason }: { what: string; reason: string }) => ({
    message: `${what}: ${lowerFirst(reason)}`,
  })),
  CH721: entry(
    'error',
    'data test failed',
    ({ test, failures, condition }: { test: string; failures: number; condition: string }) => ({
      message: `test ${test} failed: ${rows(failures)} (it fails when ${condition})`,
      fix: `\`churn show -s ${test}\` shows the rows; \`store_failures: true\` keeps them in a table.`,
    }),
  ),
  CH722: entry(
    'warning',
    'data test warns',
    ({ test, failures, condition }: { test: string; failures: number; condition: string }) => ({
      message: `test ${test} warns: ${rows(failures)} (it warns when ${condition})`,
    }),
  ),
  CH723: entry('error', 'data file is broken', ({ what, reason }: { what: string; reason: string }) => ({
    message: `${what}: ${lowerFirst(reason)}`,
    cause: 'A row of the file does not have the columns or types that the others have.',
    fix: 'Correct the line. For a delivered file, reader options (`delimiter`, `quote`, `null_padding`, ...) may describe it better.',
  })),
  CH724: entry('error', 'no data files', ({ source, location }: { source: string; location: string }) => ({
    message: `source ${source} has no files at \`${location}\``,
    fix: "Check `location`; relative paths start at the project folder. `churn simulate` writes the reference project's files.",
  })),
  CH725: entry(
    'error',
    'schema changed',
    ({ model, changes, setting }: { model: string; changes: string; setting: string }) => ({
      message: `the columns of incremental model ${model} are no longer those of its table: ${changes}`,
      cause: `\`on_schema_change\` is \`${setting}\`.`,
      fix: 'Run it once with `--full-refresh`, or set `on_schema_change` to `append_new_columns` or `sync_all_columns`.',
    }),
  ),
  CH726: entry('error', 'test could not run', ({ test, reason }: { test: string; reason: string }) => ({
    message: `test ${test} could not run: ${lowerFirst(reason)}`,
  })),
  CH727: entry('error', 'snapshot key is not unique', ({ what, key }: { what: string; key: string }) => ({
    message: `${what}: several rows of the query have the same \`${key}\``,
    cause: 'A snapshot keeps one open version per key.',
    fix: 'Make the query return one row per key, or add columns to `unique_key`.',
  })),
  CH728: entry('error', 'hook failed', ({ hook, reason }: { hook: string; reason: string }) => ({
    message: `hook of ${hook} failed: ${lowerFirst(reason)}`,
  })),
  CH730: entry('error', 'setting refused by engine', ({ reason }: { reason: string }) => ({
    message: `DuckDB refuses a setting of the target: ${lowerFirst(reason)}`,
    fix: 'See `memory_limit`, `threads`, `temp_directory` and `settings` of the target in churn_project.yml.',
  })),
  CH731: entry('info', 'not published', ({ model, tests }: { model: string; tests: string }) => ({
    message: `${model} was built and not published: ${tests} did not pass; what was there before is untouched`,
  })),
  CH732: entry(
    'error',
    'setting missing',
    ({ model, key, wanted, value }: { model: string; key: string; wanted: string; value: string }) => ({
      message: `${model} needs \`${key}\`: ${wanted}; it is ${value}`,
      fix: `Set \`${key}\` in the model's config.`,
    }),
  ),
  CH733: entry(
    'error',
    'Model cannot be built in parts',
    ({ model, setting, reason, fix }: { model: string; setting: string; reason: string; fix: string }) => ({
      message: `${model} cannot be built with \`${setting}\``,
      cause: reason,
      fix,
    }),
  ),
  CH734: entry(
    'warning',
    'Late rows change the past',
    ({ model, times, restated }: { model: string; times: readonly string[]; restated: boolean }) => ({
      message: `late rows ${restated ? 'have changed' : 'would change'} ${
        times.length === 1 ? 'a past prediction time' : `${times.length} past prediction times`
      } of ${model}: ${times.slice(0, 6).join('; ')}${times.length > 6 ? '; ...' : ''}`,
      cause:
        'Rows reached its inputs after these prediction times were built, and say that they had been known by then, or they were overwritten.',
      fix: restated
        ? undefined
        : `\`churn build -s ${model}+ --restate\` replaces what has changed. To leave the past alone, correct the availability of the source.`,
    }),
  ),
  CH740: entry('error', 'engine does not answer', ({ path, reason }: { path: string; reason: string }) => ({
    message: `${path} does not answer`,
    cause: reason,
    fix: 'Check the address in the target (`endpoint` of Spark, `server` of Fabric) and that the engine runs. What was published before stays; run again, or `churn retry`.',
  })),
  CH741: entry('error', 'session lost', ({ what, reason }: { what: string; reason: string }) => ({
    message: `the engine's session ended during ${what}`,
    cause: reason,
    fix: 'Tables are replaced in one commit each, so none is half written. Run again: a new session is started.',
  })),
  CH742: entry('error', 'access refused', ({ path, reason }: { path: string; reason: string }) => ({
    message: `${path} refuses access`,
    cause: reason,
    fix: 'Put a valid access token in the environment variable CHURN_LIVY_TOKEN (Spark) or CHURN_FABRIC_TOKEN (Fabric); tokens of Microsoft Entra last about an hour.',
  })),
  CH743: entry(
    'error',
    'not possible on the target',
    ({ node, what, target }: { node: string; what: string; target: string }) => ({
      message: `${node}: ${what} is not possible on ${target}`,
      cause: 'Nothing is done in another way than on DuckDB without saying so.',
      fix: 'Leave it out with `--exclude`, or change the setting for this target.',
    }),
  ),
  CH744: entry('error', 'no endpoint', ({ target }: { target: string }) => ({
    message: `target ${target} does not say where Spark is`,
    fix: 'Set `endpoint` of the target to the URL of a Livy server (or `workspace_id` and `lakehouse_id` on Fabric), or the environment variable CHURN_LIVY_ENDPOINT.',
  })),
  CH747: entry(
    'error',
    'driver not installed',
    ({ target, install }: { target: string; install: string }) => ({
      message: `target ${target} needs the package \`tedious\`, which is not installed`,
      cause: 'It speaks TDS, the protocol of a Fabric Warehouse, and is optional: other targets do without.',
      fix: `Run \`${install}\` in the project.`,
    }),
  ),
  CH748: entry('error', 'no warehouse', ({ target, missing }: { target: string; missing: string }) => ({
    message: `target ${target} cannot be reached: it lacks ${missing}`,
    fix: 'Set `server` and `database` in the target, or CHURN_FABRIC_CONNECTION_STRING in the environment; log in by CHURN_FABRIC_TOKEN, or by AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. docs/dialects.md has the list.',
  })),
  CH749: entry(
    'error',
    'warehouse ignores case',
    ({ target, collation }: { target: string; collation: string }) => ({
      message: `the warehouse of target ${target} takes 'a' and 'A' for equal`,
      cause: `Its collation is ${collation}. Joins, groups and comparisons of texts would give other rows than DuckDB, and other rows than were tested and audited.`,
      fix: 'Create the warehouse with Latin1_General_100_BIN2_UTF8. If no text of yours differs in case alone, set `case_insensitive: true` in the target.',
    }),
  ),
  CH745: entry(
    'error',
    'engines disagree',
    ({ node, target, differences }: { node: string; target: string; differences: readonly string[] }) => ({
      message: `${node} is not the same on ${target}: ${differences.join('; ')}`,
      fix: 'Both builds must have read the same input. A fraction that differs in its last digits is let pass by `--tolerance`.',
    }),
  ),
  CH750: entry(
    'error',
    'Unit test failed',
    ({ name, differences }: { name: string; differences: readonly string[] }) => ({
      message: `unit test ${name}: the model gives other rows than expected`,
      cause: differences.join('\n'),
      fix: '`-` is missing, `+` is too much. Correct the model, or what is expected of it.',
    }),
  ),
  CH751: entry(
    'error',
    'Unit test is declared wrongly',
    ({ name, reason }: { name: string; reason: string }) => ({
      message: `unit test ${name}: ${reason}`,
    }),
  ),
  CH752: entry('error', 'Unit test could not run', ({ name, reason }: { name: string; reason: string }) => ({
    message: `unit test ${name} could not run`,
    cause: reason,
    fix: 'Check that the given and expected values fit the types of their columns.',
  })),
  CH746: entry(
    'error',
    'Delta table not written',
    ({ node, path, reason }: { node: string; path: string; reason: string }) => ({
      message: `${node} was not published to ${path}`,
      cause: reason,
      fix: 'What readers see is what was there before. `churn build` the model first; docs/diagnostics/CH746.md lists the reasons.',
    }),
  ),
  CH760: entry('error', 'no place to publish to', ({ path, reason }: { path: string; reason: string }) => ({
    message: `nothing can be published to ${path}`,
    cause: reason,
    fix: '`churn help publish` shows the forms of `--to`; docs/diagnostics/CH760.md tells which variables of the environment name the account and its secret.',
  })),
  CH761: entry('error', 'storage does not answer', ({ path, reason }: { path: string; reason: string }) => ({
    message: `the storage behind ${path} does not answer`,
    cause: reason,
    fix: 'Readers see whole commits only. Check the address and the network, then publish again.',
  })),
  CH762: entry('error', 'storage refuses access', ({ path, reason }: { path: string; reason: string }) => ({
    message: `the storage behind ${path} refuses access`,
    cause: reason,
    fix: 'Put a valid secret into the environment: AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_SAS_TOKEN, AZURE_STORAGE_KEY or AZURE_STORAGE_TOKEN; or sign in with `az login`. Writing needs the role Storage Blob Data Contributor.',
  })),
};

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function rows(count: number): string {
  return count === 1 ? '1 failing row' : `${count} failing rows`;
}

export const reportRun = reporter(runMessages);
