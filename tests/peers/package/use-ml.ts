/** A stranger's program against the packed declarations: compiles, and its mistakes do not. */
import { type Dataset, explain, type Model, readModel, train, writeModel } from 'churn/ml';

export async function use(data: Dataset): Promise<number> {
  const { model, history } = await train(data, { num_leaves: 15, metric: ['auc'] });
  const again: Model = readModel(writeModel(model));
  const { predictions, drivers } = await explain(again, data);
  const strongest: string | undefined = drivers(0, 1)[0]?.feature;
  // @ts-expect-error: values are numbers, not strings
  const wrong: string = predictions[0];
  // @ts-expect-error: 31 leaves, not 'many'
  await train(data, { num_leaves: 'many' });
  return (history[0]?.values.length ?? 0) + (strongest ?? wrong).length;
}
