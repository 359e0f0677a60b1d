import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  order_link_endings: numbersOf('order_id IN $orders'),
};
