import { eventStatuses } from '../../../money/orders/statuses.ts';
import { VALUES_MAX } from './column-facts.ts';
import { type Finding, type GuessEvidence, quote } from './finding.ts';
import { plainHeader, statusWords } from './header-words.ts';

/** Who bought: an address of mail, what the till calls them, or nobody. */
export function guessCustomer({ factsOf, orders, file }: GuessEvidence): Finding {
  const [email, key, name] = [factsOf('customer_email'), factsOf('customer_key'), factsOf('customer_name')];
  const without = orders.withoutCustomer;
  const nobody = 'they are kept and earn nothing until somebody says whose they are';
  return {
    columns: {
      ...(email === null ? {} : { customer_email: email.header }),
      ...(key === null ? {} : { customer_key: key.header }),
      ...(name === null ? {} : { customer_name: name.header }),
    },
    because: [
      ...(email === null ? [] : [`${quote(email)} is the email address of the customer.`]),
      ...(key === null
        ? []
        : [
            `${quote(key)} is what the till calls the customer${email === null ? ', in place of an email address' : ''}.`,
          ]),
      ...(name === null ? [] : [`${quote(name)} is the customer's name.`]),
      ...(without > 0 && (email ?? key) !== null
        ? [`${without} of ${file.rows} rows name no customer; ${nobody}.`]
        : []),
    ],
    open:
      email === null && key === null
        ? [`No column tells who bought. The orders can be imported; ${nobody}.`]
        : [],
  };
}

/** The states of a few distinct words that are known. */
export function guessStatuses({ factsOf }: GuessEvidence): Finding {
  const facts = factsOf('status');
  if (facts === null || facts.values.size > VALUES_MAX) return {};
  const statuses: Record<string, string> = {};
  const unknown: string[] = [];
  for (const value of facts.values) {
    if (eventStatuses.some((status) => status === value.toLowerCase())) continue;
    const found = Object.entries(statusWords).find(([, words]) => words.includes(plainHeader(value)));
    if (found === undefined) unknown.push(value);
    else statuses[value] = found[0];
  }
  const isKnown = Object.keys(statuses).length > 0 || unknown.length < facts.values.size;
  if (!isKnown) return { open: [`${quote(facts)} tells states that are not known here, so it is not read.`] };
  return {
    columns: { status: facts.header },
    keys: Object.keys(statuses).length > 0 ? { statuses } : {},
    because: [`${quote(facts)} is the state of the order.`],
    open:
      unknown.length === 0
        ? []
        : [
            `What ${unknown.map((value) => JSON.stringify(value)).join(', ')} mean is not known; say it in "statuses", or these orders are rejected.`,
          ],
  };
}
