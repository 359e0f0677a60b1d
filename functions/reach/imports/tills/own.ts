import { columns, requiredColumns } from '../columns.ts';
import { openTable, type TillFormat } from '../till.ts';

const format = { name: 'csv', title: 'Regulars orders CSV' };

/** Our own orders CSV, import and export alike. */
export const own: TillFormat = {
  ...format,
  signature: requiredColumns,
  open: (header) =>
    openTable(header, {
      format,
      columns: Object.fromEntries(columns.map((column) => [column, [column]])),
      extras: {},
      isOrderOnFirstRow: false,
      finish: () => undefined,
    }),
};
