import { reportRender } from '../../diagnostics/index.ts';
import { RenderError } from '../jinja/error.ts';

type Code = 'CH252' | 'CH253' | 'CH254' | 'CH255' | 'CH257';

/** Throws a mistake in a declaration; whoever evaluates the file gives it its place. */
export function refuse<C extends Code>(code: C, args: Parameters<typeof reportRender<C>>[1]): never {
  throw new RenderError((place) => reportRender(code, args, place));
}
