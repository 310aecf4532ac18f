import { selectPass } from './pass.ts';
import { outputName } from './scope.ts';

/** Every select item gets a name, so that a derived table around it can refer to it. */
export const nameOutputs = selectPass('name-outputs', (select) => {
  const taken = new Set<string>();
  return {
    ...select,
    items: select.items.map((item) => {
      const wanted = outputName(item);
      let name = wanted;
      for (let suffix = 1; taken.has(name.toLowerCase()); suffix++) name = `${wanted}_${suffix}`;
      taken.add(name.toLowerCase());
      return { ...item, alias: name };
    }),
  };
});
