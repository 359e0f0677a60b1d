const columns = [
  ...'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency'.split(
    ',',
  ),
  ...'Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at'.split(','),
  ...'Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku'.split(','),
  ...'Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status'.split(','),
  ...['Billing', 'Shipping'].flatMap((which) =>
    'Name,Street,Address1,Address2,Company,City,Zip,Province,Country,Phone'
      .split(',')
      .map((column) => `${which} ${column}`),
  ),
  ...'Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Id'.split(
    ',',
  ),
  ...'Tags,Risk Level,Source,Lineitem discount'.split(','),
  ...[1, 2, 3, 4, 5].flatMap((tax) => [`Tax ${tax} Name`, `Tax ${tax} Value`]),
  ...'Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name'.split(','),
  ...'Payment Terms Name,Next Payment Due At'.split(','),
];
const USUAL_WIDTH = 806;
const NOTE = 'Please leave the parcel with the neighbours on the ground floor when nobody answers the bell. ';

export const shopifyHeader = `${columns.join(',')}\n`;

/**
 * An order of one line, of one of so many customers who come back, with both addresses: some 800 bytes, or as many more as
 * asked for by a longer note.
 */
export function shopifyOrder(
  made: number,
  { customers, width }: { customers: number; width: number },
): string {
  const person = (made * 7919) % customers;
  const day = new Date(Date.UTC(2020, 0, 1 + (made % 2000))).toISOString().slice(0, 10);
  const price = `${1 + (made % 97)}.${String(made % 100).padStart(2, '0')}`;
  return shopifyRow({
    ...addressesOf(person),
    Name: `#${made}`,
    Email: `customer.${person}@shop.example`,
    'Financial Status': 'paid',
    'Paid at': `${day} 14:32:31 -0500`,
    'Fulfillment Status': 'fulfilled',
    'Fulfilled at': `${day} 19:55:32 -0500`,
    'Accepts Marketing': 'yes',
    Currency: 'EUR',
    Subtotal: price,
    Shipping: '0.00',
    Taxes: '0.00',
    Total: price,
    'Discount Amount': '0.00',
    'Shipping Method': 'Standard Shipping (3 to 5 business days)',
    'Created at': `${day} 14:32:30 -0500`,
    'Lineitem quantity': '1',
    'Lineitem name': `Loose leaf tea from the eastern slopes of the high valley - Tin of ${made % 500} g`,
    'Lineitem price': price,
    'Lineitem sku': `TEA-${made % 500}`,
    'Lineitem requires shipping': 'true',
    'Lineitem taxable': 'true',
    'Lineitem fulfillment status': 'fulfilled',
    Notes: NOTE.repeat(Math.max(1, 1 + Math.floor((width - USUAL_WIDTH) / NOTE.length))),
    'Payment Method': 'Shopify Payments',
    'Payment Reference': `c${String(made).padStart(10, '0')}.1`,
    'Refunded Amount': '0.00',
    Vendor: 'The shop of the eastern slopes',
    Id: String(4_500_000_000_000 + made),
    'Risk Level': 'Low',
    Source: 'web',
    'Lineitem discount': '0.00',
  });
}

function addressesOf(person: number): Record<string, string> {
  const address = {
    Name: `Customer of the shop ${person}`,
    Street: `${person % 300} Long Street of the Tea Merchants`,
    Address1: `${person % 300} Long Street of the Tea Merchants`,
    City: 'Ivano-Frankivsk',
    Zip: `'${76_000 + (person % 999)}`,
    Country: 'UA',
    Phone: `+38067${String(person).padStart(7, '0')}`,
  };
  return Object.fromEntries(
    ['Billing', 'Shipping'].flatMap((which) =>
      Object.entries(address).map(([column, text]) => [`${which} ${column}`, text]),
    ),
  );
}

/** One line of the file; cells that are left out are empty. */
export function shopifyRow(cells: Record<string, string>): string {
  return `${columns.map((column) => cells[column] ?? '').join(',')}\n`;
}
