import {
  each,
  emptied,
  kept,
  numbersOf,
  type PersonalData,
  told,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  // What was sold stands there without who bought.
  papers: numbersOf('id IN $paper_holders'),
  paper_holders: {
    of: 'root_id IN $roots AND customer_id IN $customers',
    key: 'paper_id',
    columns: {
      buyer: kept('The law asks for invoices with who bought, for as long as the business has set it.'),
    },
  },
  // Of a company or household they are its own, and stay.
  paper_layouts: {
    of: 'account_id IN $accounts',
    key: 'account_id',
    columns: each(emptied, 'buyer_name', 'buyer_address', 'buyer_tax_number', 'reference'),
  },
  order_references: {
    of: 'order_id IN $orders',
    key: 'order_id',
    columns: { reference: told },
    isDeleted: true,
  },
};
