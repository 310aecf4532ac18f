import type { ColumnProperties, ConfigValue } from '../../../../1-load/index.ts';
import type { RenderedNode } from '../../../../2-render/index.ts';
import { identifier, identifiers } from '../quote.ts';

/** What stands before and after the compiled SQL in parentheses so that the result has the contract's types. */
export interface Select {
  readonly head: string;
  readonly tail: string;
}

/**
 * With an enforced contract: every declared column cast to its declared type, in declared order (as in dbt);
 * otherwise the SQL as it is. Binding has checked that names agree.
 */
export function enforceContract(node: RenderedNode): Select {
  if (!node.config.contractEnforced || node.columns.length === 0) return { head: '', tail: '' };
  const list = node.columns.map((column) => {
    const name = identifier(column.name);
    return column.dataType === undefined ? name : `cast(${name} as ${column.dataType.value}) as ${name}`;
  });
  return { head: `select ${list.join(', ')} from `, tail: ' as contracted' };
}

/** Column definitions with constraints, when an enforced contract declares any; undefined: no need for DDL. */
export function columnDefinitions(node: RenderedNode): string | undefined {
  if (!node.config.contractEnforced) return undefined;
  const { constraints } = node.config.raw;
  const ofModel = Array.isArray(constraints) ? (constraints as readonly ConfigValue[]) : [];
  const any = ofModel.length > 0 || node.columns.some((column) => column.constraints.length > 0);
  if (!any || node.columns.some((column) => column.dataType === undefined)) return undefined;
  const definitions = node.columns.map(columnDefinition);
  for (const constraint of ofModel) {
    const text = tableConstraint(constraint);
    if (text !== undefined) definitions.push(text);
  }
  return definitions.join(', ');
}

function columnDefinition(column: ColumnProperties): string {
  const constraints = column.constraints
    .map((constraint) => columnConstraint(constraint.value))
    .filter((text) => text !== undefined);
  return [identifier(column.name), column.dataType?.value, ...constraints].join(' ');
}

function columnConstraint(value: ConfigValue): string | undefined {
  const constraint = asRecord(value);
  switch (constraint.type) {
    case 'not_null':
      return 'not null';
    case 'unique':
      return 'unique';
    case 'primary_key':
      return 'primary key';
    case 'check':
      return `check (${String(constraint.expression)})`;
    default:
      return undefined;
  }
}

function tableConstraint(value: ConfigValue): string | undefined {
  const constraint = asRecord(value);
  const columns = Array.isArray(constraint.columns) ? identifiers(constraint.columns.map(String)) : undefined;
  switch (constraint.type) {
    case 'unique':
      return columns && `unique (${columns})`;
    case 'primary_key':
      return columns && `primary key (${columns})`;
    case 'check':
      return `check (${String(constraint.expression)})`;
    default:
      return undefined;
  }
}

function asRecord(value: ConfigValue): Readonly<Record<string, ConfigValue>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, ConfigValue>>)
    : { type: value };
}
