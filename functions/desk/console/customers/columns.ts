import type { OwnField } from '../../../people/own-fields/own-field.ts';

/** What the list can show beside the name, in its sequence; own fields follow as `own:KEY`. */
export const listColumns = [
  ...([
    'email',
    'phone',
    'number',
    'account',
    'spend',
    'year',
    'expected',
    'orders',
    'last',
    'balance',
    'joined',
  ] as const),
  ...(['member', 'club', 'news', 'manager'] as const),
] as const;
export type ListColumn = (typeof listColumns)[number];

const standardColumns: readonly ListColumn[] = ['email', 'account', 'spend', 'last', 'balance', 'joined'];

export interface ChosenColumns {
  columns: readonly ListColumn[];
  own: readonly OwnField[];
}

/** The columns that were chosen, of those there are; the standard ones where none was. */
export function chooseColumns(names: readonly string[], fields: readonly OwnField[]): ChosenColumns {
  if (names.length === 0) return { columns: standardColumns, own: [] };
  return {
    columns: listColumns.filter((column) => names.includes(column)),
    own: fields.filter(({ key }) => names.includes(`own:${key}`)),
  };
}
