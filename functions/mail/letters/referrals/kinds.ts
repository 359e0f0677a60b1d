export const referralMails = {};
