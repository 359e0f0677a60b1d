import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { loadWorld } from './load-world.ts';
import { mayKnow } from './may-ask.ts';

/** The segments whose members the actor may ask for, to choose one of. @throws {AppError} `forbidden` */
export async function listChoices(ctx: Context): Promise<{ id: string; name: string | null }[]> {
  allow(ctx.actor, 'segments:read');
  const world = await loadWorld(ctx);
  return [...world.kept.segments.values()]
    .filter(({ group }) => mayKnow(ctx.actor, group, world))
    .map(({ id, name }) => ({ id, name }));
}
