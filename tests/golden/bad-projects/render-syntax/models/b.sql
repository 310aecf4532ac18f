select {{ ['a', 'b' }}
