/** Under what the words of a mail are kept: its template, and what it says where it may say several things. */
export function mailKey(template: string, name: string): string {
  return name === 'standard' ? `mail.${template}` : `mail.${template}.${name}`;
}

/** Behind the key of a mail: as it is said to who chose to be addressed by the first name. */
const BY_FIRST_NAME = '.first-name';

/** Under what the same is kept for who chose to be addressed by the first name, where it is said otherwise to them. */
export const closeKey = (key: string): string => key + BY_FIRST_NAME;

export const isCloseKey = (key: string): boolean => key.endsWith(BY_FIRST_NAME);
