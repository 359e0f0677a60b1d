import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { importMaps } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { exactJson } from '../../../ground/platform/exact-json.ts';
import { hashOf } from '../../../ground/platform/ids.ts';
import { currency } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { parseColumnMap } from '../column-map.ts';
import { headersText } from './file-look.ts';
import { assertIn, type MovedRun, moveRun, type RunMove } from './move-run.ts';
import type { ImportRun } from './run.ts';
import { forgetRun } from './run-tools.ts';

const input = z.strictObject({
  id: z.string().max(64),
  /** As `--map` takes it; null for a file that is known by its headers. */
  map: z.unknown(),
  /** For a file that does not say its currency; null for that of the business. */
  currency: currency.nullable().default(null),
});

const keepMap = insertInto(
  importMaps,
  'ON CONFLICT (headers_hash) DO UPDATE SET map = excluded.map, at = excluded.at, actor = excluded.actor',
);

/**
 * Says how a file is read; then it is looked through again, without writing anything. A map is offered again for the next
 * file with the same headers.
 * @throws {AppError} `scope_missing`, `forbidden`, `not_found`, `import_run_moved`; `validation_failed` with each mistake of the map
 */
export async function chooseMap(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<MovedRun> = {},
): Promise<MovedRun> {
  allow(ctx.actor, 'imports:write');
  const form = parseInput(input, typed);
  const map = form.map === null ? null : parseColumnMap(form.map);
  const choose = (run: ImportRun): RunMove => {
    assertIn(run, ['checked', 'failed']);
    if (map === null && run.look?.title === null)
      throw wrongField('map', 'required', 'is needed: the headers of the file are not known');
    const kept = map === null ? null : exactJson(map);
    return {
      to: 'checking',
      set: { map: kept, currency: form.currency, preview: null, failure: null },
      rows: [
        ...forgetRun(run.id),
        ...(kept === null || run.look === null
          ? []
          : [
              keepMap({
                headersHash: hashOf(headersText(run.look.headers)),
                map: kept,
                at: ctx.now(),
                actor: actorName(ctx.actor),
              }),
            ]),
      ],
    };
  };
  return moveRun(ctx, form.id, choose, options);
}
