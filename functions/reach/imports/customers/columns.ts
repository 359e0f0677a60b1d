/** The columns of our customers CSV in their sequence (DOMAIN §8); own fields follow as `own:KEY`. */
export const customerColumns = [
  'email',
  'customer_key',
  'source',
  'name',
  'phone',
  'address',
  'birthday',
  'language',
  'tone',
  'account',
  'account_kind',
  'department',
  'member_number',
  'joined_at',
  'why_us',
  'interests',
  'news',
  'news_at',
  'news_source',
  'note',
] as const;
export type CustomerColumn = (typeof customerColumns)[number];

/** What other programs call them, in small letters and without signs. */
const otherNames: Partial<Record<CustomerColumn, readonly string[]>> = {
  email: [
    'e mail',
    'email address',
    'mail',
    'customer email',
    'ел пошта',
    'електронна пошта',
    'електронна адреса',
  ],
  customer_key: ['customer id', 'customer number', 'номер клієнта'],
  name: ['full name', 'customer name', 'customer', 'ім я', 'піб', 'клієнт'],
  phone: ['phone number', 'telephone', 'mobile', 'телефон', 'номер телефону'],
  address: ['postal address', 'адреса'],
  birthday: ['date of birth', 'birth date', 'birthdate', 'день народження', 'дата народження'],
  language: ['locale', 'мова'],
  account: ['company', 'компанія'],
  department: ['підрозділ'],
  joined_at: ['joined', 'customer since', 'created', 'created at', 'клієнт із'],
  interests: ['інтереси'],
  news: ['newsletter', 'accepts email marketing', 'accepts marketing', 'розсилка'],
  note: ['notes', 'примітка', 'примітки'],
};

/** Which column of ours a header is; null for one that nothing is read from. */
export function columnOf(header: string): CustomerColumn | null {
  const own = customerColumns.find((column) => column === header.trim().toLowerCase());
  if (own !== undefined) return own;
  const plain = header
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return customerColumns.find((column) => otherNames[column]?.includes(plain)) ?? null;
}
