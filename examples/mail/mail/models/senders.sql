select sender, count(*) as mails, sum(words) as words, max(sent_at) as last_sent_at
from {{ source('mail', 'mails') }}
group by sender
