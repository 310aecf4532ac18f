import { reporter } from '../message.ts';

/** Messages of the render phase. */
export const renderMessages = {};

export const reportRender = reporter(renderMessages);
