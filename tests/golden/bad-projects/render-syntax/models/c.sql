select {{ "never closed }}
