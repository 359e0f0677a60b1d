DROP INDEX `outbox_waiting`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `urgency` text DEFAULT 'owed' NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`urgency`,`next_try_at`) WHERE sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL;--> statement-breakpoint
UPDATE `outbox` SET `urgency` = CASE WHEN `params` LIKE '%"challengeId"%' OR `template` IN ('email_change_waits', 'email_changed_notice') THEN 'now' ELSE 'bulk' END
WHERE `id` IN (SELECT `id` FROM `outbox` WHERE sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL
  UNION ALL SELECT `id` FROM `outbox` WHERE failed_at IS NOT NULL AND withheld_at IS NULL)
AND (`params` LIKE '%"challengeId"%' OR `template` IN ('email_change_waits', 'email_changed_notice', 'drop_open', 'event_invitation', 'benefit_withdrawn', 'club_invitation', 'panel_outcome', 'survey_invitation', 'nearly_there', 'credit_expiring', 'voucher_expiring', 'you_said_we_did', 'you_said_we_decided'));
