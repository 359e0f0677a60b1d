import { levels } from '../../functions/insight/levels/level-counts.ts';
import { accountTypes, type GapsOf } from '../../functions/insight/opinions/get-gaps.ts';
import { oneOf } from '../forms.ts';

/** Whose answers a page of topics is asked for. */
export function readGapsOf(query: { get(name: string): string | null }): Required<GapsOf> {
  return {
    segment: query.get('segment') || null,
    level: oneOf(query.get('level'), levels) ?? null,
    type: oneOf(query.get('type'), accountTypes) ?? null,
  };
}

/** The same as a query of an address. */
export function gapsQuery({ segment, level, type }: GapsOf): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ segment, level, type })) if (value) query.set(name, value);
  return query.size === 0 ? '' : `?${query}`;
}
