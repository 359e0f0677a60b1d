/** The first word of what somebody is called; empty where nothing is. */
export const firstNameOf = (name: string): string => name.trim().split(/\s+/)[0] ?? '';
