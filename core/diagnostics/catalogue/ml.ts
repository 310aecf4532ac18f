import { reporter } from '../message.ts';

/** Messages of the ml phase. */
export const mlMessages = {};

export const reportMl = reporter(mlMessages);
