import type { Area, AreaKind } from '../../functions/voice/feedback/areas/area.ts';
import { areaKinds } from '../../functions/voice/feedback/areas/area.ts';
import { oneOf } from '../forms.ts';

/** By what an address asks for problem areas; by process where it says nothing. */
export const areaKindAsked = (query: URLSearchParams): AreaKind =>
  oneOf(query.get('by'), areaKinds) ?? 'process';

const filters: Record<AreaKind, string> = {
  process: 'process',
  person: 'served',
  product: 'product',
  place: 'place',
};

/** Where the feedback of an area is listed; null for what names none. */
export const areaHref = (by: AreaKind, { key }: Area): string | null =>
  key === null ? null : `/console/feedback?${new URLSearchParams({ [filters[by]]: key })}`;
