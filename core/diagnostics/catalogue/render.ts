import { didYouMean, entry, reporter } from '../message.ts';

/** Messages of the render phase. */
export const renderMessages = {
  CH201: entry(
    'error',
    'The template cannot be parsed',
    (args: { problem: string; expected?: string; fix?: string }) => ({
      message: `Jinja syntax: ${args.problem}`,
      fix: args.fix ?? (args.expected === undefined ? undefined : `Write \`${args.expected}\`.`),
    }),
  ),
  CH202: entry(
    'error',
    'A name is not defined',
    (args: { name: string; nearest?: string; hint?: string }) => ({
      message: `\`${args.name}\` is not defined`,
      cause: 'Nothing in the template, its macros or the context has this name.',
      fix:
        args.hint ?? didYouMean(args.nearest) ?? `Set it before, or ask first: \`${args.name} is defined\`.`,
    }),
  ),
  CH203: entry(
    'error',
    'A value has no such attribute or key',
    (args: { name: string; owner: string; nearest?: string }) => ({
      message: `${args.owner} has no \`${args.name}\``,
      fix: didYouMean(args.nearest),
    }),
  ),
  CH204: entry('error', 'An expression cannot be evaluated', (args: { problem: string; fix?: string }) => ({
    message: args.problem,
    fix: args.fix,
  })),
  CH205: entry(
    'error',
    'A call does not fit what it calls',
    (args: { callee: string; problem: string; signature?: string }) => ({
      message: `\`${args.callee}\` ${args.problem}`,
      fix: args.signature === undefined ? undefined : `Its signature is \`${args.signature}\`.`,
    }),
  ),
  CH206: entry('error', 'Unknown filter', (args: { name: string; nearest?: string }) => ({
    message: `there is no filter \`${args.name}\``,
    fix: didYouMean(args.nearest),
  })),
  CH207: entry('error', 'Unknown Jinja test', (args: { name: string; nearest?: string }) => ({
    message: `there is no test \`${args.name}\``,
    cause: 'The word after `is` names a Jinja test.',
    fix: didYouMean(args.nearest),
  })),
  CH208: entry('error', 'ref() names nothing', (args: { name: string; nearest?: string }) => ({
    message: `no model, seed or snapshot is called \`${args.name}\``,
    fix: didYouMean(args.nearest) ?? 'Create it, or name an existing one.',
  })),
  CH209: entry('error', 'source() names nothing', (args: { name: string; nearest?: string }) => ({
    message: `no source table is declared as \`${args.name}\``,
    fix: didYouMean(args.nearest) ?? 'Declare it under `sources:` in a YAML file of the models folder.',
  })),
  CH210: entry('error', 'A variable has no value', (args: { name: string; nearest?: string }) => ({
    message: `the variable \`${args.name}\` has no value`,
    cause: 'It is neither under `vars:` in churn_project.yml nor given by --vars, and var() has no default.',
    fix:
      didYouMean(args.nearest) ?? `Give a default: \`var('${args.name}', ...)\`, or set it under \`vars:\`.`,
  })),
  CH211: entry('error', 'An environment variable is not set', (args: { name: string }) => ({
    message: `the environment variable ${args.name} is not set`,
    fix: `Set it, or give a default: \`env_var('${args.name}', '...')\`.`,
  })),
  CH212: entry('error', 'Compiling may not look at data', (args: { name: string; fix?: string }) => ({
    message: `\`${args.name}\` is not available: compiling a project touches no data`,
    cause: 'The SQL of every model is fixed before an engine is opened; that is what makes it provable.',
    fix: args.fix ?? 'List the values in a `var`, or express the query as a model and join it.',
  })),
  CH213: entry('error', 'Something of dbt that is not supported', (args: { name: string; fix?: string }) => ({
    message: `${args.name} is not supported`,
    fix: args.fix,
  })),
  CH214: entry('error', 'Unknown config key', (args: { key: string; kind: string; nearest?: string }) => ({
    message: `a ${args.kind} has no config \`${args.key}\``,
    fix: didYouMean(args.nearest) ?? 'Own values belong under `meta`.',
  })),
  CH215: entry('error', 'Invalid config value', (args: { key: string; problem: string; fix?: string }) => ({
    message: `config \`${args.key}\`: ${args.problem}`,
    fix: args.fix,
  })),
  CH216: entry('error', 'The project raised an error', (args: { message: string }) => ({
    message: args.message,
    cause: 'raised by `exceptions.raise_compiler_error`',
  })),
  CH217: entry('warning', 'The project gave a warning', (args: { message: string }) => ({
    message: args.message,
  })),
  CH218: entry('error', 'A template exceeds its budget', (args: { what: string; limit: string }) => ({
    message: `${args.what}: more than ${args.limit}`,
    fix: 'Look for a loop or a macro that calls itself without end.',
  })),
  CH219: entry('error', 'Two macros have one name', (args: { name: string }) => ({
    message: `the macro \`${args.name}\` is defined twice`,
    fix: 'Rename or remove one of them.',
  })),
  CH220: entry('error', 'Ephemeral models refer to each other', (args: { path: readonly string[] }) => ({
    message: `ephemeral models form a cycle: ${args.path.join(' -> ')}`,
    cause: 'An ephemeral model is inlined into its readers, so it cannot read itself.',
    fix: 'Break the cycle.',
  })),
  CH221: entry('error', 'Unknown data test', (args: { name: string; nearest?: string }) => ({
    message: `there is no data test \`${args.name}\``,
    fix:
      didYouMean(args.nearest) ??
      `Define it: {% test ${args.name}(model, column_name) %} ... {% endtest %} in a macro file.`,
  })),
  CH222: entry(
    'error',
    'A data test is declared wrongly',
    (args: { test: string; problem: string; fix?: string }) => ({
      message: `data test \`${args.test}\`: ${args.problem}`,
      fix: args.fix,
    }),
  ),
  CH224: entry('error', 'Two data tests have one identity', (args: { name: string }) => ({
    message: `the data test \`${args.name}\` is declared twice`,
    fix: 'Remove one, or give it its own `name:`.',
  })),
  CH225: entry('error', 'doc() names nothing', (args: { name: string; nearest?: string }) => ({
    message: `no docs block is called \`${args.name}\``,
    fix: didYouMean(args.nearest) ?? `Write {% docs ${args.name} %} ... {% enddocs %} in a Markdown file.`,
  })),
  CH227: entry('error', 'A node is disabled', (args: { name: string }) => ({
    message: `\`${args.name}\` is disabled, so nothing can read it`,
    fix: 'Enable it, or disable what reads it.',
  })),
  CH228: entry('error', 'A model renders to nothing', (args: { name: string }) => ({
    message: `\`${args.name}\` renders to no SQL`,
    cause: 'After its Jinja is evaluated, only blanks and comments remain.',
    fix: 'Write a select, or remove the file.',
  })),
  CH250: entry('error', 'A typed file cannot be evaluated', (args: { problem: string; thrown?: string }) => ({
    message: args.problem,
    cause: args.thrown,
    fix: 'Typed files run when the project is compiled: they must load without data, network or other packages.',
  })),
  CH251: entry('error', 'A typed file declares nothing', (args: { what: string; found: string }) => ({
    message: `${args.what} needs a default export that declares it, and has ${args.found}`,
    fix: 'Write `export default featureView({...})`, `goldTable({...})`, `spine({...})` or `typedModel({...})`; name a file that only helps others `_name.ts`.',
  })),
  CH252: entry(
    'error',
    'A declaration has another name than its file',
    (args: { name: string; file: string }) => ({
      message: `the declaration calls itself \`${args.name}\`, its file \`${args.file}\``,
      cause: 'It is the model that its file names, so that a name leads to its file.',
      fix: `Write \`name: '${args.file}'\`, or rename the file.`,
    }),
  ),
  CH253: entry(
    'error',
    'Two features have one name',
    (args: { name: string; first: string; second: string }) => ({
      message: `two features are called \`${args.name}\`: from \`${args.first}\` and from \`${args.second}\``,
      fix: 'Rename one of them.',
    }),
  ),
  CH254: entry(
    'error',
    'A duration cannot be used',
    (args: { where: string; text: string; problem?: string }) => ({
      message: `${args.where}: \`${args.text}\` ${args.problem ?? 'is no length of time'}`,
      fix: 'Write a whole number of hours, days, weeks or months: `12h`, `30d`, `4w`, `6mo`.',
    }),
  ),
  CH255: entry(
    'error',
    'A feature refers to one that does not exist',
    (args: { feature: string; name: string; nearest?: string; cycle?: boolean }) => ({
      message: args.cycle
        ? `the feature \`${args.feature}\` refers to itself by way of \`${args.name}\``
        : `the feature \`${args.feature}\` refers to \`${args.name}\`, which this view does not have`,
      fix: didYouMean(args.nearest) ?? 'Features are named with their window: `logins_7d`.',
    }),
  ),
  CH256: entry('error', 'A typed macro failed', (args: { name: string; problem: string; fix?: string }) => ({
    message: `the typed macro \`${args.name}\` ${args.problem}`,
    fix: args.fix,
  })),
  CH257: entry(
    'error',
    'A typed declaration cannot be compiled',
    (args: { problem: string; fix?: string }) => ({
      message: args.problem,
      fix: args.fix,
    }),
  ),
  CH258: entry(
    'error',
    'A file in audits/ declares no audit rule',
    (args: { file: string; problem: string }) => ({
      message: `\`${args.file}\` is no audit rule: ${args.problem}`,
      cause: 'Each TypeScript file below audits/ declares one rule of the project for `churn audit`.',
      fix: 'Export `auditRule({ id, claim, cannotSee, messages, visit })` as the default.',
    }),
  ),
};

export const reportRender = reporter(renderMessages);
