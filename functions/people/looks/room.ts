import { customerLooks } from '../../../db/schema/index.ts';
import { numbersOf } from '../../ground/personal/personal-data.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { dropOldLooks } from './drop-old-looks.ts';
import { looksMonths } from './policies.ts';

/** Who of the business looked at whose data. */
export const looksRoom: Room = {
  name: 'looks',
  kept: 'looks',
  retentions: [{ policy: looksMonths, drop: dropOldLooks }],
  tables: [takenHome(customerLooks, { standing: 'stay', isForOwners: true })],
  personalData: { customer_looks: numbersOf('customer_id IN $customers') },
};
