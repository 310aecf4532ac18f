import { reporter } from '../message.ts';

/** Messages of the graph phase. */
export const graphMessages = {};

export const reportGraph = reporter(graphMessages);
