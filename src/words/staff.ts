import type { Messages } from '../locale.ts';

/** An act of the audit log; the name of one that has no words. */
export function actWords(act: string, t: Messages): string {
  switch (act) {
    case 'staff.added':
      return t.act_staff_added();
    case 'staff.let-in':
      return t.act_staff_let_in();
    case 'staff.role-set':
      return t.act_staff_role_set();
    case 'staff.shut-out':
      return t.act_staff_shut_out();
    case 'staff.signed-out':
      return t.act_staff_signed_out();
    case 'staff.mail-proven':
      return t.act_staff_mail_proven();
    case 'staff.signed-in':
      return t.act_staff_signed_in();
    case 'staff.factor-set-up':
      return t.act_staff_factor_set_up();
    case 'staff.factor-reset':
      return t.act_staff_factor_reset();
    case 'mail.sent-again':
      return t.act_mail_sent_again();
    case 'mail.dropped':
      return t.act_mail_dropped();
    case 'mail.resumed':
      return t.act_mail_resumed();
    case 'setting.set':
      return t.act_setting_set();
    case 'customer.noted':
      return t.act_customer_noted();
    case 'account.adjusted':
      return t.act_account_adjusted();
    default:
      return act;
  }
}
