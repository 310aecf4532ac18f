import { entry, reporter } from '../message.ts';

/** What the numeric module says about a problem: it words its own messages (it stands alone and knows no catalogue). */
export interface MlProblem {
  readonly message: string;
  readonly fix?: string;
}

const said = ({ message, fix }: MlProblem) => ({ message, fix });

/** Messages of the ml phase. */
export const mlMessages = {
  CH801: entry('error', 'There is no such training parameter', said),
  CH802: entry('error', 'A LightGBM parameter that is not supported', said),
  CH803: entry('error', 'A training parameter has an impossible value', said),
  CH804: entry('error', 'Training parameters contradict each other', said),
  CH805: entry('error', 'The data set is malformed', said),
  CH806: entry('error', 'The labels do not fit the objective', said),
  CH807: entry('error', 'The weights are impossible', said),
  CH808: entry('error', 'A column the model needs is missing or of another kind', said),
  CH809: entry('error', 'The model file cannot be read', said),
  CH810: entry('error', 'The model cannot be explained this way', said),
  CH811: entry('error', 'A fold cannot be trained', said),
  CH812: entry('error', 'Early stopping has nothing to look at', said),
  CH813: entry('error', 'Calibration and thresholds need both classes', said),
  CH814: entry('error', 'Training was interrupted', said),
  CH815: entry('error', 'A training worker failed', said),
};

export const reportMl = reporter(mlMessages);
