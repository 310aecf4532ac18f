import type { Expression, OrderItem, Select } from '../../sql/index.ts';
import { integer } from '../types/whole-number.ts';

/**
 * `select <items> from (<select with items and mark>) where mark = 1`, with ORDER BY and LIMIT moved outside. Order
 * keys that are no outputs travel along as hidden columns.
 */
export function filterOutside(select: Select, mark: Expression, markName: string): Select {
  const alias = '_filtered';
  const outputs = select.items.map((item) => item.alias as string);
  const hidden: Expression[] = [];
  const orderBy = select.orderBy.map((item): OrderItem => {
    const { expression } = item;
    const isOutput =
      expression.kind === 'column' &&
      expression.path.length === 1 &&
      outputs.some((name) => name.toLowerCase() === expression.path[0]?.toLowerCase());
    if (isOutput) return { ...item, expression: { kind: 'column', path: [alias, ...expression.path] } };
    const name = `_order_${hidden.length + 1}`;
    hidden.push({ ...expression, alias: name });
    return { ...item, expression: { kind: 'column', path: [alias, name] } };
  });
  const { limit, ctes, ...inner } = select;
  return {
    kind: 'select',
    ctes,
    items: outputs.map((name) => ({ kind: 'column', path: [alias, name], alias: name })),
    from: {
      kind: 'subquery',
      alias,
      columns: [],
      query: {
        ...inner,
        ctes: [],
        orderBy: [],
        items: [...select.items, ...hidden, { ...mark, alias: markName }],
      },
    },
    where: {
      kind: 'comparison',
      operator: '=',
      left: { kind: 'column', path: [alias, markName] },
      right: integer(1),
    },
    groupBy: { kind: 'none' },
    orderBy,
    ...(limit ? { limit } : {}),
  };
}
