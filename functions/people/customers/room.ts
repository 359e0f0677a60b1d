import { customerKeys, customers } from '../../../db/schema/index.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { customerRoutes } from './routes.ts';

export const customersRoom: Room = {
  name: 'customers',
  routes: customerRoutes,
  conflicts: ['customers.email', 'customer_keys.source'],
  tables: [takenHome(customers), takenHome(customerKeys)],
  personalData: {
    customers: ['email', 'name', 'member_number', 'phone', 'address', 'language'],
    customer_keys: ['key'],
  },
};
