import { reporter } from '../message.ts';

/** Messages of the load phase. */
export const loadMessages = {};

export const reportLoad = reporter(loadMessages);
