-- Every paid invoice has lines
select 'invoices ' || i.id as "row", 'it is paid, but has no lines: its revenue is missing' as problem
from invoices i
where i.paid_at is not null and not exists (select from invoice_lines l where l.invoice_id = i.id)
