import type { RelationshipLevel } from './level.ts';

export type BusinessShape = 'pyramid' | 'hourglass' | 'hexagon' | 'other';

/** The shape of a business by how many accounts are of each level (DOMAIN §5). */
export function shapeOf({ first, repeat, advocate }: Record<RelationshipLevel, number>): BusinessShape {
  if (first >= repeat && repeat >= advocate && first > advocate) return 'pyramid';
  if (repeat < first && repeat < advocate) return 'hourglass';
  if (repeat > first && repeat > advocate) return 'hexagon';
  return 'other';
}
