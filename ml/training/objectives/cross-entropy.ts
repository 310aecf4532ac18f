import { checkLabels } from './check-labels.ts';
import { meanLabel, type ObjectiveMaker, rowLoss, smallest } from './objective.ts';

/** The binary loss for labels that are probabilities themselves. */
export const crossEntropy: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'cross_entropy', 'probabilities', (label) => label >= 0 && label <= 1);
  const average = Math.min(1 - smallest, Math.max(smallest, meanLabel(target)));
  const probability = (score: number): number => 1 / (1 + Math.exp(-score));
  return rowLoss(target, {
    model: { text: 'cross_entropy', link: 'sigmoid', sigmoid: 1, classes: 1 },
    init: params.boost_from_average ? Math.log(average / (1 - average)) : 0,
    gradient: (score, label) => probability(score) - label,
    hessian: (score) => probability(score) * (1 - probability(score)),
  });
};
