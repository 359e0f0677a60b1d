/** Why somebody gives something back. */
export const returnReasons = [
  'not_needed',
  'does_not_fit',
  'not_as_described',
  'damaged',
  'wrong_thing',
  'came_too_late',
  'other',
] as const;
export type ReturnReason = (typeof returnReasons)[number];
