# Checkout. No scaling policy: the team sets the number by hand.

resource "aws_launch_template" "api" {
  name          = "kestrel-checkout-api"
  image_id      = "ami-0f3c9b8d7e6a51420"
  instance_type = "c6i.large"
}

resource "aws_autoscaling_group" "api" {
  name             = "kestrel-checkout-api"
  min_size         = 4
  desired_capacity = 4  # keep in step with min_size
  max_size         = 10

  vpc_zone_identifier = ["subnet-0aa1", "subnet-0bb2", "subnet-0cc3"]
  health_check_type   = "ELB"

  launch_template {
    id      = aws_launch_template.api.id
    version = "$Latest"
  }

  tag {
    key                 = "Environment"
    value               = "production"
    propagate_at_launch = true
  }

  tag {
    key                 = "trimtab:apply"
    value               = "true"
    propagate_at_launch = false
  }
}
