select {{ ['a'] | joim(', ') }}
