import { numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

const gone = { words: 'NULL' };

export const personalData: PersonalData = {
  order_requests: {
    of: 'customer_id IN $customers',
    columns: { own_reference: gone, note: gone },
  },
  order_request_lines: { ...numbersOf('request_id IN $order_requests'), key: 'request_id' },
  order_request_answers: {
    of: 'request_id IN $order_requests',
    key: 'request_id',
    columns: { text: gone },
  },
};
