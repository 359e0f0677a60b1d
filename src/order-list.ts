import { z } from 'zod';
import { bulkStatuses, tellMany, withdrawMany } from '../functions/desk/console/orders/tell-many.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { oneOf } from './forms.ts';

const businessKey = z.tuple([z.string(), z.string()]);

/** Does what the form of the list asks for; what the address is to say of it then. */
export async function postToList(
  ctx: Context,
  fields: ReadonlyMap<string, string>,
): Promise<Record<string, string | number | null>> {
  const nothing = { told: null, refused: null, act: null, undone: null, missing: null };
  const key = fields.get('key') ?? '';
  if (!/^[0-9a-f]{32}$/.test(key)) return nothing;
  if (fields.get('do') === 'undo') return { ...nothing, undone: await withdrawMany(ctx, key) };
  const status = oneOf(fields.get('status') ?? null, bulkStatuses);
  const orders = [...fields].flatMap(([name, value]) => (name.startsWith('order-') ? keyIn(value) : []));
  if (status === null || orders.length === 0) return { ...nothing, missing: 'yes' };
  const { told, refused } = await tellMany(ctx, { orders, status, key });
  return { ...nothing, told, refused, act: key };
}

function keyIn(text: string): { source: string; number: string }[] {
  try {
    const [source, number] = businessKey.parse(JSON.parse(text));
    return [{ source, number }];
  } catch {
    return [];
  }
}
