import { z } from 'zod';
import { constraint, duration, modelColumn, tests } from './columns.ts';
import { type ConfigKind, configSchema } from './config.ts';
import { foreignFileKeys, foreignModelKeys, foreignUnitTestKeys } from './foreign.ts';
import {
  anyMapping,
  anything,
  flag,
  listOf,
  mapping,
  nonEmpty,
  oneOf,
  oneOrList,
  text,
  textOrNumber,
} from './shape.ts';
import { source } from './sources.ts';

const pointInTime = mapping(
  '`point_in_time`',
  { entity: oneOrList(nonEmpty), prediction_time: nonEmpty },
  {},
);

const described = (kind: ConfigKind) => ({
  description: text,
  docs: anyMapping,
  meta: anyMapping,
  tags: oneOrList(nonEmpty),
  enabled: flag,
  config: configSchema(kind),
});

const tabular = { columns: listOf(modelColumn), tests, data_tests: tests };

const model = mapping(
  'a model',
  { name: nonEmpty },
  {
    ...described('model'),
    ...tabular,
    constraints: listOf(constraint),
    contract: anyMapping,
    point_in_time: pointInTime,
    history: duration,
  },
  foreignModelKeys,
);

const seed = mapping('a seed', { name: nonEmpty }, { ...described('seed'), ...tabular }, foreignModelKeys);

const snapshot = mapping(
  'a snapshot',
  { name: nonEmpty },
  { ...described('snapshot'), ...tabular, relation: nonEmpty },
  foreignModelKeys,
);

const singularTest = mapping('a test', { name: nonEmpty }, described('test'));

const analysis = mapping(
  'an analysis',
  { name: nonEmpty },
  { ...described('analysis'), columns: listOf(modelColumn) },
);

const macroArgument = mapping(
  'an argument of a macro',
  { name: nonEmpty },
  { type: text, description: text },
);

const macro = mapping(
  'a macro',
  { name: nonEmpty },
  {
    description: text,
    docs: anyMapping,
    meta: anyMapping,
    config: anyMapping,
    arguments: listOf(macroArgument),
  },
);

const owner = mapping('an owner', {}, { name: text, email: oneOrList(text), slack: text });

const exposure = mapping(
  'an exposure',
  { name: nonEmpty, type: oneOf('dashboard', 'notebook', 'analysis', 'ml', 'application') },
  {
    ...described('exposure'),
    label: text,
    url: text,
    maturity: oneOf('high', 'medium', 'low'),
    owner,
    depends_on: listOf(nonEmpty),
  },
);

const fixture = {
  rows: z.union([z.array(anyMapping), z.string()]),
  format: oneOf('dict', 'csv', 'sql'),
  fixture: text,
};

const unitTest = mapping(
  'a unit test',
  {
    name: nonEmpty,
    model: nonEmpty,
    given: listOf(mapping('an input of a unit test', { input: nonEmpty }, fixture)),
    expect: mapping('`expect`', {}, fixture),
  },
  {
    ...described('unit_test'),
    overrides: mapping('`overrides`', {}, { macros: anyMapping, vars: anyMapping, env_vars: anyMapping }),
  },
  foreignUnitTestKeys,
);

/** A YAML file of properties, wherever in the project it lies. */
export const propertiesFile: z.ZodType = mapping(
  'a properties file',
  {},
  {
    version: textOrNumber,
    anchors: anything,
    sources: listOf(source),
    models: listOf(model),
    seeds: listOf(seed),
    snapshots: listOf(snapshot),
    tests: listOf(singularTest),
    data_tests: listOf(singularTest),
    analyses: listOf(analysis),
    macros: listOf(macro),
    exposures: listOf(exposure),
    unit_tests: listOf(unitTest),
  },
  foreignFileKeys,
);
