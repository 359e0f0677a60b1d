import type { Room } from '../../ground/room.ts';
import { customerRoutes } from './routes.ts';

export const customersRoom: Room = {
  name: 'customers',
  routes: customerRoutes,
  conflicts: ['customers.email', 'customer_keys.source'],
  personalData: {
    customers: ['email', 'name', 'member_number', 'phone', 'address', 'language'],
    customer_keys: ['key'],
  },
};
