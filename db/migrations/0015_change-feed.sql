CREATE TABLE `feed_changes` (
	`position` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`seq` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `feed_positions` (
	`name` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`terms` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `feed_changes` (`account_id`, `seq`)
	SELECT account_id, seq FROM (
		SELECT account_id, seq, max(at) OVER (PARTITION BY account_id ORDER BY seq) AS come_at FROM history)
	ORDER BY come_at, account_id, seq;
--> statement-breakpoint
INSERT INTO `feed_positions` (`name`, `position`, `terms`)
	SELECT 'nearly', coalesce(min(news.position) - 1, (SELECT max(position) FROM feed_changes), 0), '' FROM (
		SELECT c.position FROM feed_changes AS c
		JOIN accounts AS a ON a.id = c.account_id AND a.history_seq = c.seq
		JOIN customers AS p ON p.id = a.owner_id
		LEFT JOIN nearly_looks AS l ON l.root_id = a.id
		WHERE p.claimed_at IS NOT NULL AND p.closed_at IS NULL AND a.history_seq > coalesce(l.history_seq, 0)) AS news;
--> statement-breakpoint
INSERT INTO `feed_positions` (`name`, `position`, `terms`)
	SELECT 'referrals', coalesce(max(position), 0), '' FROM feed_changes;
--> statement-breakpoint
UPDATE `referrals` SET due_at = 0
	WHERE looked_seq <> (SELECT history_seq FROM accounts WHERE id = friend_root_id);
--> statement-breakpoint
DELETE FROM `club_sweeps` WHERE name IN ('orders', 'claims', 'people');
--> statement-breakpoint
UPDATE `job_runs` SET goes_on_after = NULL WHERE name = 'nearly';
--> statement-breakpoint
DROP TABLE `nearly_looks`;--> statement-breakpoint
DROP INDEX `referrals_news`;