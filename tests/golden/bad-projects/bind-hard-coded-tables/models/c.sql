select * from stripe.payments
