export const joiningMails = {};
