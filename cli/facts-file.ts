/** In the target folder: what the tests of declared facts found last, by target. */
export const FACTS = 'facts.json';
