import { didYouMean, entry, reporter } from '../message.ts';

type Named = { readonly name: string; readonly nearest?: string };
type Column = { readonly column: string; readonly model: string; readonly nearest?: string };
type Engine = { readonly engine: string };

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Errors of SQL itself, as DuckDB's binder finds them. */
const sqlMessages = {
  CH401: entry('error', 'SQL cannot be parsed', (a: Engine & { cause?: string }) => ({
    message: `The SQL cannot be parsed: ${a.engine}`,
    cause: a.cause,
    fix: 'Look just before the marked place: a missing comma, parenthesis or quote shows up at the next word.',
  })),
  CH402: entry(
    'error',
    'Column does not exist',
    (a: Named & { relation?: string; available: readonly string[] }) => ({
      message: `Column \`${a.name}\` does not exist${a.relation === undefined ? '' : ` in \`${a.relation}\``}`,
      cause: a.available.length === 0 ? undefined : `There are: ${list(a.available)}.`,
      fix: didYouMean(a.nearest),
    }),
  ),
  CH403: entry('error', 'Table does not exist', (a: Named) => ({
    message: `Table \`${a.name}\` does not exist`,
    cause: 'SQL can read what it refers to by `ref` or `source`, its own CTEs, and files.',
    fix: didYouMean(a.nearest) ?? 'Declare it as a source, and refer to it by {{ source(...) }}.',
  })),
  CH404: entry('error', 'Function does not exist', (a: Named & { window: boolean }) => ({
    message: `Function \`${a.name}\` does not exist`,
    cause: a.window ? 'It is a window function.' : undefined,
    fix: a.window ? `Write \`${a.name}(...) over (...)\`.` : didYouMean(a.nearest),
  })),
  CH405: entry('error', 'Column name is ambiguous', (a: { name: string; choices: readonly string[] }) => ({
    message: `Column \`${a.name}\` is ambiguous`,
    cause: 'More than one table in FROM has it.',
    fix: `Write ${list(a.choices).replace(/, ([^,]*)$/, ' or $1')}.`,
  })),
  CH406: entry('error', 'Column is neither grouped nor aggregated', (a: { name: string }) => ({
    message: `\`${a.name}\` is neither in GROUP BY nor inside an aggregate`,
    cause: 'A group has many rows, and SQL cannot tell whose value is meant.',
    fix: `Add \`${a.name}\` to GROUP BY, or take one with any_value(${a.name}), max(${a.name}), ...`,
  })),
  CH407: entry(
    'error',
    'Aggregate or window function is not possible here',
    (a: Engine & { cause?: string; fix: string }) => ({ message: a.engine, cause: a.cause, fix: a.fix }),
  ),
  CH408: entry(
    'error',
    'Function does not take these types',
    (a: { name: string; types: string; candidates: readonly string[] }) => ({
      message: `\`${a.name}\` does not take (${a.types})`,
      cause: a.candidates.length === 0 ? undefined : `It takes: ${a.candidates.join('; ')}.`,
      fix: 'Cast an argument to a type that it takes.',
    }),
  ),
  CH409: entry('error', 'Types do not go together', (a: { left: string; right: string; where: string }) => ({
    message: `${a.left} and ${a.right} do not go together in ${a.where}`,
    fix: 'Cast one side: DuckDB does not guess between them.',
  })),
  CH410: entry('error', 'Set operation over different numbers of columns', (_: Engine) => ({
    message: 'The sides of a set operation have different numbers of columns',
    fix: 'Select the same columns on both sides, or use UNION BY NAME.',
  })),
  CH411: entry('error', 'Table alias does not exist', (a: Named & { available: readonly string[] }) => ({
    message: `No table or alias \`${a.name}\` in FROM`,
    cause: a.available.length === 0 ? undefined : `FROM has: ${list(a.available)}.`,
    fix: didYouMean(a.nearest),
  })),
  CH412: entry('error', 'Type does not exist', (a: Named) => ({
    message: `Type \`${a.name}\` does not exist`,
    fix: didYouMean(a.nearest),
  })),
  CH413: entry('error', 'Subquery has too many columns', (a: Engine) => ({
    message: `${a.engine.replace(/ - expected 1$/, '')} where one value is needed`,
    fix: 'Select one column in it, or compare tuples of the same length.',
  })),
  CH414: entry('error', 'File read by SQL cannot be read', (a: Engine) => ({
    message: a.engine,
    fix: 'Declare the file as a source with its columns; then nothing needs to exist to check the project.',
  })),
  CH415: entry('error', 'DuckDB refuses the SQL', (a: Engine) => ({
    message: a.engine,
  })),
  CH416: entry('error', 'More than one statement', (a: { model: string }) => ({
    message: `\`${a.model}\` has more than one statement`,
    fix: 'Keep one select; put what must run before or after into `pre_hook` or `post_hook`.',
  })),
  CH417: entry('error', 'Statement is not a select', (a: { model: string; keyword: string }) => ({
    message: `\`${a.model}\` begins with \`${a.keyword}\`, which is not a select`,
    cause: 'A model is one select; churn writes the statement that builds it.',
    fix: 'Keep only the select.',
  })),
  CH418: entry(
    'error',
    'Table of the project read without ref',
    (a: { name: string; reference: string }) => ({
      message: `\`${a.name}\` is read by its name, not by reference`,
      cause: 'The order of the build, other targets and the leakage proof know only what is referred to.',
      fix: `Write {{ ${a.reference} }}.`,
    }),
  ),
  CH419: entry(
    'warning',
    'Output has a column twice',
    (a: { column: string; model: string; renamed: string }) => ({
      message: `\`${a.model}\` selects \`${a.column}\` twice`,
      cause: `DuckDB would call the second \`${a.renamed}\`; other engines refuse it.`,
      fix: 'Drop one or give it another name.',
    }),
  ),
};

/** Sources, seeds and declared types. */
const inputMessages = {
  CH420: entry(
    'error',
    'Source has neither files nor declared types',
    (a: { source: string; location: string }) => ({
      message: `The columns of \`${a.source}\` are unknown: no file at ${a.location}`,
      cause: 'Types come from `data_type` of every declared column, else from the files.',
      fix: 'Declare `columns:` with `data_type`, or put the files there.',
    }),
  ),
  CH421: entry(
    'error',
    'Source files cannot be read',
    (a: Engine & { source: string; location: string }) => ({
      message: `The files of \`${a.source}\` cannot be read: ${a.engine}`,
      cause: `Location: ${a.location}`,
      fix: 'Correct the file or `read_options`, or declare `columns:` with `data_type`.',
    }),
  ),
  CH422: entry('error', 'Table of the target has no declared types', (a: { source: string }) => ({
    message: `The columns of \`${a.source}\` are unknown`,
    cause: 'It is a table of the target, and checking does not connect to the target.',
    fix: 'Declare `columns:` with `data_type`, or a `location:` of files.',
  })),
  CH423: entry('error', 'Declared type does not exist', (a: Named & { column: string }) => ({
    message: `\`${a.name}\`, the type of \`${a.column}\`, is not a type of DuckDB`,
    fix: /\([^)]*$/.test(a.name)
      ? 'Quote it: within {braces} a comma ends the value, as in {name: total, data_type: "decimal(18,2)"}.'
      : (didYouMean(a.nearest) ??
        'Use a DuckDB type such as bigint, double, varchar, timestamp or decimal(18,2).'),
  })),
  CH424: entry(
    'warning',
    'Declared column is not in the files',
    (a: Column & { available: readonly string[] }) => ({
      message: `The files of \`${a.model}\` have no column \`${a.column}\``,
      cause: `They have: ${list(a.available)}.`,
      fix: didYouMean(a.nearest),
    }),
  ),
  CH425: entry('error', 'Seed cannot be read', (a: Engine & { seed: string }) => ({
    message: `The seed \`${a.seed}\` cannot be read: ${a.engine}`,
    fix: 'Correct the CSV file, its `delimiter` or `column_types`.',
  })),
  CH426: entry('error', 'Seed types a column that it lacks', (a: Column) => ({
    message: `\`column_types\` of \`${a.model}\` names \`${a.column}\`, which the file lacks`,
    fix: didYouMean(a.nearest),
  })),
};

/** What YAML says about a node, against what the node is. */
const contractMessages = {
  CH430: entry('error', 'Contract: column is missing', (a: Column) => ({
    message: `The contract of \`${a.model}\` has \`${a.column}\`, its SQL does not`,
    fix: didYouMean(a.nearest) ?? 'Select the column, or take it out of the contract.',
  })),
  CH431: entry('error', 'Contract: column is not declared', (a: Column & { type: string }) => ({
    message: `\`${a.model}\` selects \`${a.column}\` (${a.type}), which its contract lacks`,
    fix:
      didYouMean(a.nearest) ??
      `Declare \`- {name: ${a.column}, data_type: ${a.type.toLowerCase()}}\`, or drop the column.`,
  })),
  CH432: entry(
    'error',
    'Contract: column has another type',
    (a: { column: string; model: string; declared: string; actual: string }) => ({
      message: `\`${a.column}\` of \`${a.model}\` is ${a.actual}; its contract says ${a.declared}`,
      fix: `Cast it in the SQL (\`${a.column}::${a.declared.toLowerCase()}\`), or correct the contract.`,
    }),
  ),
  CH433: entry(
    'error',
    'Contract: column has no type',
    (a: { column: string; model: string; actual?: string }) => ({
      message: `The contract of \`${a.model}\` has no \`data_type\` for \`${a.column}\``,
      fix: a.actual === undefined ? 'Add `data_type`.' : `Add \`data_type: ${a.actual.toLowerCase()}\`.`,
    }),
  ),
  CH434: entry('warning', 'Declared column does not exist', (a: Column) => ({
    message: `\`${a.model}\` has no column \`${a.column}\`, which its properties describe`,
    fix: didYouMean(a.nearest) ?? 'Take it out of the properties, or select it.',
  })),
  CH435: entry('error', 'Point-in-time column does not exist', (a: Column & { role: string }) => ({
    message: `\`${a.model}\` has no column \`${a.column}\`, its ${a.role}`,
    cause: 'The audit and the training read it.',
    fix: didYouMean(a.nearest) ?? 'Select the column, or correct the declaration.',
  })),
  CH436: entry('error', 'Instant has another type', (a: { what: string; type: string }) => ({
    message: `${a.what} is ${a.type}, not an instant`,
    fix: 'Use a date, timestamp or timestamp with time zone.',
  })),
  CH437: entry('error', 'Axiom is not a condition', (a: { source: string; type: string }) => ({
    message: `An axiom of \`${a.source}\` is ${a.type}, not a condition`,
    fix: 'Write a comparison over the columns of one row, such as "opened_at <= loaded_at".',
  })),
  CH438: entry(
    'error',
    'Configuration names a column that does not exist',
    (a: Column & { key: string }) => ({
      message: `\`${a.key}\` of \`${a.model}\` names \`${a.column}\`, which it lacks`,
      fix: didYouMean(a.nearest),
    }),
  ),
  CH440: entry('error', 'Test of a column that does not exist', (a: Column & { test: string }) => ({
    message: `\`${a.test}\` tests \`${a.column}\`, which \`${a.model}\` lacks`,
    fix: didYouMean(a.nearest),
  })),
  CH442: entry(
    'error',
    'Incremental run selects other columns',
    (a: { model: string; missing: readonly string[]; extra: readonly string[] }) => ({
      message: `\`${a.model}\` selects other columns when it runs incrementally`,
      cause: [
        a.missing.length > 0 ? `Missing then: ${list(a.missing)}.` : '',
        a.extra.length > 0 ? `Only then: ${list(a.extra)}.` : '',
      ]
        .filter(Boolean)
        .join(' '),
      fix: 'Select the same columns on both branches of is_incremental().',
    }),
  ),
  CH443: entry('error', 'Configuration names a model that does not exist', (a: Named & { key: string }) => ({
    message: `\`${a.key}\` names \`${a.name}\`, which is not a model of the project`,
    fix: didYouMean(a.nearest),
  })),
  CH444: entry(
    'error',
    'A window is longer than the history',
    (a: { feature: string; window: string; history: string; of: string }) => ({
      message: `\`${a.feature}\` looks back ${a.window}, and the history of \`${a.of}\` is ${a.history}`,
      cause:
        'For early prediction times the window would be cut off where the data begin, and the feature would mean less.',
      fix: 'Choose a shorter window, or correct `history:` where it is declared.',
    }),
  ),
  CH445: entry(
    'error',
    'A struct has fields without names',
    (a: { column: string; model: string; type: string }) => ({
      message: `\`${a.column}\` of \`${a.model}\` is ${a.type}, a struct whose fields have no names`,
      cause: 'row(..), (.., ..) and list_zip(..) make such structs, and no table can hold one.',
      fix: 'Name the fields: `{first: a, second: b}`; or select the fields as columns.',
    }),
  ),
  CH450: entry(
    'info',
    'Nodes were not checked because of another error',
    (a: { failed: string; count: number; some: readonly string[] }) => ({
      message: `${a.count === 1 ? 'One node was' : `${a.count} nodes were`} not checked because \`${a.failed}\` failed: ${list(a.some)}${a.count > a.some.length ? ', ...' : ''}`,
    }),
  ),
};

/** Messages of the bind phase. */
export const bindMessages = { ...sqlMessages, ...inputMessages, ...contractMessages };

export const reportBind = reporter(bindMessages);
