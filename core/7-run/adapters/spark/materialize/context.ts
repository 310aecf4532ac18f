export type { TranslatedContext as SparkContext } from '../../remote/context.ts';
