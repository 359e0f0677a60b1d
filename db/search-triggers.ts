import type { Trigger } from './guard.ts';

/**
 * What keeps the indexes of words as their tables are. Orders come into theirs by a job, since there are the most of them;
 * one whose lines are replaced, of which its row tells last, is renewed there at once.
 */
export const searchTriggers: readonly Trigger[] = [
  customerTrigger('customer_words_insert', 'AFTER INSERT ON customers', 'NEW.id'),
  customerTrigger(
    'customer_words_update',
    `AFTER UPDATE OF email, name, member_number, phone, withdrawn_at ON customers
      WHEN OLD.email IS NOT NEW.email OR OLD.name IS NOT NEW.name OR OLD.member_number IS NOT NEW.member_number
        OR OLD.phone IS NOT NEW.phone OR OLD.withdrawn_at IS NOT NEW.withdrawn_at`,
    'NEW.id',
  ),
  customerTrigger('customer_words_key', 'AFTER INSERT ON customer_keys', 'NEW.customer_id'),
  customerTrigger('customer_words_key_given', 'AFTER UPDATE ON customer_keys', 'NEW.customer_id'),
  customerTrigger('customer_words_key_taken', 'AFTER UPDATE ON customer_keys', 'OLD.customer_id'),
  customerTrigger('customer_words_key_delete', 'AFTER DELETE ON customer_keys', 'OLD.customer_id'),
  ...ownTriggers(),
  gone('customers', 'customer_words', 'own_words'),
  {
    name: 'feedback_words_insert',
    sql: `CREATE TRIGGER feedback_words_insert AFTER INSERT ON feedback BEGIN
      INSERT INTO search_texts (subject_id) VALUES (NEW.id);
      INSERT INTO feedback_words (rowid, text) SELECT id, NEW.text FROM search_texts WHERE subject_id = NEW.id; END`,
  },
  {
    name: 'feedback_words_update',
    sql: `CREATE TRIGGER feedback_words_update AFTER UPDATE OF text ON feedback WHEN OLD.text IS NOT NEW.text BEGIN
      ${removed('feedback_words', 'NEW.id')};
      INSERT INTO feedback_words (rowid, text) SELECT id, NEW.text FROM search_texts WHERE subject_id = NEW.id; END`,
  },
  gone('feedback', 'feedback_words'),
  {
    name: 'contact_words_insert',
    sql: `CREATE TRIGGER contact_words_insert AFTER INSERT ON contacts WHEN NEW.summary IS NOT NULL BEGIN
      INSERT INTO search_texts (subject_id) VALUES (NEW.id);
      INSERT INTO contact_words (rowid, text) SELECT id, NEW.summary FROM search_texts WHERE subject_id = NEW.id; END`,
  },
  {
    name: 'contact_words_update',
    sql: `CREATE TRIGGER contact_words_update AFTER UPDATE OF summary ON contacts WHEN OLD.summary IS NOT NEW.summary BEGIN
      INSERT INTO search_texts (subject_id) SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM search_texts WHERE subject_id = NEW.id);
      ${removed('contact_words', 'NEW.id')};
      INSERT INTO contact_words (rowid, text) SELECT id, coalesce(NEW.summary, '') FROM search_texts WHERE subject_id = NEW.id; END`,
  },
  gone('contacts', 'contact_words'),
  gone('orders', 'order_words', 'product_words'),
  // An order that the job has yet to come to is left to it.
  {
    name: 'product_words_lines',
    sql: `CREATE TRIGGER product_words_lines AFTER UPDATE OF line_count ON orders
      WHEN NEW.id <= (SELECT after_id FROM search_progress WHERE name = 'product_words') BEGIN
      ${removed('product_words', 'NEW.id')};
      INSERT INTO product_words (rowid, text) SELECT id, ${productsOf('NEW.id')} FROM search_texts WHERE subject_id = NEW.id; END`,
  },
];

/** What was bought with an order, a product or number of goods a line. */
export function productsOf(orderId: string): string {
  return `coalesce((SELECT group_concat(concat_ws(char(10), product, sku), char(10)) FROM order_lines WHERE order_id = ${orderId}), '')`;
}

/** Writes what a customer is found by anew; who was withdrawn is not found. */
function customerTrigger(name: string, on: string, id: string): Trigger {
  return {
    name,
    sql: `CREATE TRIGGER ${name} ${on} BEGIN
      INSERT INTO search_texts (subject_id) SELECT ${id} WHERE NOT EXISTS (SELECT 1 FROM search_texts WHERE subject_id = ${id});
      ${removed('customer_words', id)};
      INSERT INTO customer_words (rowid, text)
      SELECT s.id, concat_ws(char(10), c.email, c.name, c.member_number, replace(c.member_number, '-', ''), c.phone, ${digitsOf('c.phone')},
        (SELECT group_concat(key, char(10)) FROM customer_keys WHERE customer_id = c.id))
      FROM customers AS c JOIN search_texts AS s ON s.subject_id = c.id WHERE c.id = ${id} AND c.withdrawn_at IS NULL; END`,
  };
}

/** Writes what own fields hold of a customer anew, whenever one of these becomes another. */
function ownTriggers(): Trigger[] {
  const trigger = (act: 'INSERT' | 'UPDATE' | 'DELETE', row: 'NEW' | 'OLD') => {
    const [name, id] = [`own_words_${act.toLowerCase()}`, `${row}.customer_id`];
    return {
      name,
      sql: `CREATE TRIGGER ${name} AFTER ${act} ON own_field_values BEGIN
      ${removed('own_words', id)};
      INSERT INTO own_words (rowid, text)
      SELECT s.id, ${ownTextsOf('s.subject_id')} FROM search_texts AS s WHERE s.subject_id = ${id}
        AND EXISTS (SELECT 1 FROM own_field_values WHERE customer_id = ${id}); END`,
    };
  };
  return [trigger('INSERT', 'NEW'), trigger('UPDATE', 'NEW'), trigger('DELETE', 'OLD')];
}

function ownTextsOf(customerId: string): string {
  return `(SELECT group_concat(value, char(10)) FROM own_field_values WHERE customer_id = ${customerId})`;
}

function gone(table: string, ...indexes: [string, ...string[]]): Trigger {
  const name = `${indexes[0]}_delete`;
  const words = indexes.map((index) => `${removed(index, 'OLD.id')};`).join(' ');
  return {
    name,
    sql: `CREATE TRIGGER ${name} AFTER DELETE ON ${table} BEGIN
      ${words} DELETE FROM search_texts WHERE subject_id = OLD.id; END`,
  };
}

function removed(words: string, id: string): string {
  return `DELETE FROM ${words} WHERE rowid = (SELECT id FROM search_texts WHERE subject_id = ${id})`;
}

/** A number is typed with and without the signs between its digits. */
function digitsOf(column: string): string {
  return [' ', '-', '(', ')', '.', '/', '+'].reduce(
    (text, sign) => `replace(${text}, '${sign}', '')`,
    column,
  );
}
